// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/fatal_log.h"

#include <QGuiApplication>

/// QTEST_MAIN without widgets, with the fatal log. The test links Qt6::Gui.
#define GLOVEBOX_GUI_TEST_MAIN(TestObject) GLOVEBOX_TEST_MAIN_WITH(QGuiApplication, TestObject)
