# What `make install` puts below PREFIX: the program, its second name for kubectl, completions, the man page, the schemas.
include(GNUInstallDirs)

install(TARGETS lockstep RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(CODE "
  set(root \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}\")
  file(CREATE_LINK lockstep \"\${root}/${CMAKE_INSTALL_BINDIR}/kubectl-lockstep\" SYMBOLIC)
  function(install_completion shell path)
    get_filename_component(folder \"\${root}/\${path}\" DIRECTORY)
    file(MAKE_DIRECTORY \"\${folder}\")
    execute_process(COMMAND \"$<TARGET_FILE:lockstep>\" completion \${shell} OUTPUT_FILE \"\${root}/\${path}\" COMMAND_ERROR_IS_FATAL ANY)
    message(STATUS \"Installing: \${root}/\${path}\")
  endfunction()
  install_completion(bash ${CMAKE_INSTALL_DATADIR}/bash-completion/completions/lockstep)
  install_completion(zsh ${CMAKE_INSTALL_DATADIR}/zsh/site-functions/_lockstep)
  install_completion(fish ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d/lockstep.fish)
")
install(FILES docs/man/lockstep.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(DIRECTORY schemas/ DESTINATION ${CMAKE_INSTALL_DATADIR}/lockstep/schemas OPTIONAL)
