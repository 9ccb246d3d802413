# SPDX-License-Identifier: Apache-2.0
# One static library per folder. LINKS are other folders (glovebox_NAME), LIBRARIES are other people's.
# Links are PRIVATE on purpose: a folder may include only what its own row of the link table names.
function(glovebox_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;LIBRARIES" ${ARGN})
    add_library(glovebox_${name} STATIC ${ARG_SOURCES})
    target_link_libraries(glovebox_${name} PRIVATE glovebox_options Qt6::Core nlohmann_json::nlohmann_json)
    foreach(link IN LISTS ARG_LINKS)
        target_link_libraries(glovebox_${name} PRIVATE glovebox_${link})
    endforeach()
    target_link_libraries(glovebox_${name} PRIVATE ${ARG_LIBRARIES})
endfunction()

# A program: its main() is its one composition root.
function(glovebox_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;LIBRARIES" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE glovebox_options Qt6::Core nlohmann_json::nlohmann_json)
    foreach(link IN LISTS ARG_LINKS)
        target_link_libraries(${name} PRIVATE glovebox_${link})
    endforeach()
    target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES})
endfunction()

# A Qt Test program under CTest. LABELS is one of the labels that the README names. TIMEOUT in seconds is for what hangs;
# nothing that works comes near it.
function(glovebox_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINKS;LIBRARIES;LABELS" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 300)
    endif()
    add_executable(${name} ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_link_libraries(${name} PRIVATE glovebox_options glovebox_test_support Qt6::Core Qt6::Test
                                          nlohmann_json::nlohmann_json)
    foreach(link IN LISTS ARG_LINKS)
        target_link_libraries(${name} PRIVATE glovebox_${link})
    endforeach()
    target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES})
    target_compile_definitions(${name} PRIVATE GLOVEBOX_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                                               GLOVEBOX_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT}
                                            ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
endfunction()
