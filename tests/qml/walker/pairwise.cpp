// SPDX-License-Identifier: Apache-2.0
#include "tests/qml/walker/pairwise.h"

#include <set>
#include <tuple>

namespace glovebox::walker
{

namespace
{

using Row = std::vector<int>;
using Pair = std::tuple<std::size_t, int, std::size_t, int>;

/// The pairs that no row has yet.
class Uncovered
{
public:
    explicit Uncovered(const std::vector<int> &sizes)
    {
        for (std::size_t one = 0; one < sizes.size(); ++one) {
            for (std::size_t other = one + 1; other < sizes.size(); ++other) {
                for (int a = 0; a < sizes[one]; ++a) {
                    for (int b = 0; b < sizes[other]; ++b)
                        m_pairs.insert({one, a, other, b});
                }
            }
        }
    }

    [[nodiscard]] bool empty() const { return m_pairs.empty(); }
    [[nodiscard]] const Pair &first() const { return *m_pairs.begin(); }

    /// How many pairs the value would add to what stands in `row` already (-1: nothing stands there).
    [[nodiscard]] int gain(const Row &row, std::size_t factor, int value) const
    {
        int found = 0;
        for (std::size_t other = 0; other < row.size(); ++other) {
            if (other == factor || row[other] < 0)
                continue;
            const Pair pair = other < factor ? Pair{other, row[other], factor, value}
                                             : Pair{factor, value, other, row[other]};
            found += m_pairs.contains(pair) ? 1 : 0;
        }
        return found;
    }

    void cover(const Row &row)
    {
        for (std::size_t one = 0; one < row.size(); ++one) {
            for (std::size_t other = one + 1; other < row.size(); ++other)
                m_pairs.erase({one, row[one], other, row[other]});
        }
    }

private:
    std::set<Pair> m_pairs;
};

} // namespace

std::vector<std::vector<int>> pairwise(const std::vector<int> &sizes)
{
    std::vector<Row> rows;
    Uncovered uncovered(sizes);
    int turn = 0;
    while (!uncovered.empty()) {
        Row row(sizes.size(), -1);
        const auto &[one, a, other, b] = uncovered.first();
        row[one] = a;
        row[other] = b;
        for (std::size_t factor = 0; factor < sizes.size(); ++factor) {
            if (row[factor] >= 0)
                continue;
            int best = 0;
            int bestGain = -1;
            // Where nothing is gained any value does: not always the same one.
            for (int step = 0; step < sizes[factor]; ++step) {
                const int value = (step + turn) % sizes[factor];
                const int gain = uncovered.gain(row, factor, value);
                if (gain > bestGain) {
                    bestGain = gain;
                    best = value;
                }
            }
            row[factor] = best;
        }
        uncovered.cover(row);
        rows.push_back(row);
        ++turn;
    }
    return rows;
}

std::vector<std::vector<int>> everyCombination(const std::vector<int> &sizes)
{
    std::vector<Row> rows;
    Row row(sizes.size(), 0);
    for (;;) {
        rows.push_back(row);
        std::size_t factor = 0;
        while (factor < sizes.size() && ++row[factor] == sizes[factor])
            row[factor++] = 0;
        if (factor == sizes.size())
            return rows;
    }
}

} // namespace glovebox::walker
