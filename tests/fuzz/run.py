# SPDX-License-Identifier: Apache-2.0
"""run.py TARGET CORPUS: runs a libFuzzer target a fixed number of times from a fixed seed. GLOVEBOX_LONG runs 10^8, GLOVEBOX_SEED draws
others. What is found on the way stays in a folder that is removed; a text that fails is printed by the target."""
import os
import subprocess
import sys
import tempfile

RUNS, RUNS_LONG, SEED = 10_000, 100_000_000, 20260314

target, corpus = sys.argv[1:]
runs = RUNS_LONG if "GLOVEBOX_LONG" in os.environ else RUNS
with tempfile.TemporaryDirectory(prefix="glovebox-fuzz-") as found:
    done = subprocess.run([target, f"-runs={runs}", f"-seed={os.environ.get('GLOVEBOX_SEED', SEED)}", "-max_len=4096", "-timeout=60",
                           "-rss_limit_mb=1024", f"-artifact_prefix={found}/", "-print_final_stats=1", found, corpus],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
executed = [line for line in done.stdout.splitlines() if line.startswith("stat::number_of_executed_units")]
if done.returncode != 0 or not executed or int(executed[0].split()[-1]) < runs:
    print(done.stdout[-8000:])
    sys.exit(1)
print(executed[0])
