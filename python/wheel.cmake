# What a wheel holds: one folder, whole, and the licences of what is linked into it.
set(package ${CMAKE_CURRENT_SOURCE_DIR}/bmauth)
install(TARGETS bmauth_python bmauth_net LIBRARY DESTINATION bmauth COMPONENT python NAMELINK_SKIP)
install(TARGETS bmauth_command RUNTIME DESTINATION bmauth COMPONENT python)
install(DIRECTORY ${package}/ DESTINATION bmauth COMPONENT python
  FILES_MATCHING PATTERN "*.py" PATTERN "*.pyi" PATTERN "py.typed" PATTERN "__pycache__" EXCLUDE)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${SKBUILD_METADATA_DIR}/licenses
  COMPONENT python)
