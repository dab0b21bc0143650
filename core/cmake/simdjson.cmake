# bmauth_simdjson: simdjson as an archive for our shared objects. An installed static one is taken;
# else the single-header sources are fetched once, for all build trees, and compiled here.
find_package(simdjson QUIET CONFIG)

set(BMAUTH_SIMDJSON_INSTALLED "")
foreach(candidate simdjson::simdjson_static simdjson::simdjson)
  if(TARGET ${candidate} AND NOT BMAUTH_SIMDJSON_INSTALLED)
    get_target_property(candidate_type ${candidate} TYPE)
    if(candidate_type STREQUAL "STATIC_LIBRARY")
      set(BMAUTH_SIMDJSON_INSTALLED ${candidate})
    endif()
  endif()
endforeach()

if(BMAUTH_SIMDJSON_INSTALLED)
  add_library(bmauth_simdjson INTERFACE)
  target_link_libraries(bmauth_simdjson INTERFACE ${BMAUTH_SIMDJSON_INSTALLED})
else()
  set(BMAUTH_SIMDJSON_DIR "${PROJECT_SOURCE_DIR}/build/deps/simdjson" CACHE PATH
    "Folder with simdjson.h and simdjson.cpp; filled at need")
  if(NOT EXISTS "${BMAUTH_SIMDJSON_DIR}/simdjson.h"
     OR NOT EXISTS "${BMAUTH_SIMDJSON_DIR}/simdjson.cpp")
    message(STATUS "Fetching simdjson into ${BMAUTH_SIMDJSON_DIR}")
    execute_process(
      COMMAND "${CMAKE_CURRENT_LIST_DIR}/get_simdjson.sh" "${BMAUTH_SIMDJSON_DIR}"
      RESULT_VARIABLE fetch_result)
    if(NOT fetch_result EQUAL 0)
      message(FATAL_ERROR "simdjson could not be fetched; see above.")
    endif()
  endif()

  add_library(bmauth_simdjson STATIC "${BMAUTH_SIMDJSON_DIR}/simdjson.cpp")
  target_include_directories(bmauth_simdjson SYSTEM PUBLIC "${BMAUTH_SIMDJSON_DIR}")
  target_compile_features(bmauth_simdjson PRIVATE cxx_std_17)
  # Optimised in every build type: unoptimised it is slower than what it replaces.
  target_compile_options(bmauth_simdjson PRIVATE -w -O2)
  set_target_properties(bmauth_simdjson PROPERTIES
    POSITION_INDEPENDENT_CODE ON
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON)
endif()

# Its header includes <iostream>, and with that an object that sets up all streams and locales wherever
# the library is loaded. Nobody here needs them: what libstdc++ believes to be there is not included.
set_source_files_properties(json.cpp "${BMAUTH_SIMDJSON_DIR}/simdjson.cpp"
  PROPERTIES COMPILE_DEFINITIONS _GLIBCXX_IOSTREAM)
