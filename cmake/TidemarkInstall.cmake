# The built-in model and the samples live next to the program: <prefix>/share/tidemark/{models,samples}.
include(GNUInstallDirs)
if(TARGET tidemark_cli)
  install(TARGETS tidemark_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY ${CMAKE_SOURCE_DIR}/resources/models ${CMAKE_SOURCE_DIR}/resources/samples
  DESTINATION ${CMAKE_INSTALL_DATADIR}/tidemark)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(TM_HAVE_QT)
  install(TARGETS tidemark RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(FILES ${CMAKE_SOURCE_DIR}/packaging/tidemark.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES ${CMAKE_SOURCE_DIR}/resources/icons/tidemark.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
endif()
if(TM_HAVE_CUDA)
  install(TARGETS tidemark_cuda LIBRARY DESTINATION lib/tidemark)
endif()
