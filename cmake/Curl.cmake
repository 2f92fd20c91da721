# The target `curl_client`: libcurl and what its static archive refers to. Only http/ links it.
#
# Debian's libcurl.a speaks protocols whose libraries have no static archive there (Kerberos, SASL behind LDAP) or would
# bring a second TLS library in (RTMP). lockstep allows http and https only, so what those need is never called; the archive
# below satisfies the linker, and ends the program where it ever were. In a dynamic link nothing refers to it.
add_library(curl_absent STATIC ${CMAKE_CURRENT_LIST_DIR}/curl_absent.cc)
add_library(curl_client INTERFACE)
target_link_libraries(curl_client INTERFACE
  -lcurl -lnghttp2 -lssh2 -lpsl -lidn2 -lunistring -lssl -lcrypto -lzstd -lbrotlidec -lbrotlicommon -lz curl_absent)
