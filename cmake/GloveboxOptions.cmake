# SPDX-License-Identifier: Apache-2.0
# What every target shares: the language, the warnings, the sanitizers, where programs and QML modules land.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
# moc 6.4 cannot parse <concepts> when it comes before the first Qt header: its include guard keeps moc out of it.
set(CMAKE_AUTOMOC_MOC_OPTIONS -D_GLIBCXX_CONCEPTS)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_INCLUDE_CURRENT_DIR ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
# Without it two QML modules claim one output directory.
set(QT_QML_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/qml)

option(GLOVEBOX_WERROR "Warnings are errors" OFF)
set(GLOVEBOX_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(glovebox_options INTERFACE)
target_include_directories(glovebox_options INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
target_compile_definitions(glovebox_options INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS
                                                      QT_NO_FOREACH QT_MESSAGELOGCONTEXT JSON_DIAGNOSTICS=0)
target_compile_options(glovebox_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast
                                                  -Woverloaded-virtual -Wnon-virtual-dtor)
if(GLOVEBOX_WERROR)
    target_compile_options(glovebox_options INTERFACE -Werror)
endif()
if(GLOVEBOX_SANITIZE)
    add_compile_options(-fsanitize=${GLOVEBOX_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${GLOVEBOX_SANITIZE})
endif()
