#include "http/address_guard.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstring>

namespace lockstep::http {
namespace {

TEST(AddressGuard, KnowsPublicAddresses) {
    for (const char* address :
         {"1.1.1.1",          "9.255.255.255",   "11.0.0.0",   "100.63.255.255",
          "100.128.0.0",      "126.255.255.255", "128.0.0.0",  "169.253.255.255",
          "172.15.255.255",   "172.32.0.0",      "192.0.1.0",  "192.167.255.255",
          "192.169.0.0",      "198.17.255.255",  "198.20.0.0", "223.255.255.255",
          "2606:4700::1111",  "2001:200::1",     "2a00::",     "::ffff:1.1.1.1",
          "64:ff9b::1.1.1.1", "2002:101:101::1"})
        EXPECT_TRUE(is_public(std::string(address))) << address;
}

TEST(AddressGuard, KnowsAddressesThatAreNot) {
    for (const char* address :
         {"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.0", "100.127.255.255",
          "127.0.0.1", "127.255.255.255", "168.63.129.16", "169.254.169.254", "172.16.0.0",
          "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1",
          "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255",
          "240.0.0.0", "255.255.255.255",
          // IPv6, and IPv4 in it
          "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1",
          "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:a00:1::1", "2002:7f00:1::",
          "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "4000::1",
          // no addresses
          "", "localhost", "1.2.3", "[::1]"})
        EXPECT_FALSE(is_public(std::string(address))) << address;
}

TEST(AddressGuard, JudgesSockets) {
    sockaddr_storage storage = {};
    const auto* address = reinterpret_cast<const sockaddr*>(&storage);
    sockaddr_in ip = {};
    ip.sin_family = AF_INET;
    for (const auto& [text, is_fine] :
         {std::pair("127.0.0.1", false), std::pair("8.8.8.8", true)}) {
        ::inet_pton(AF_INET, text, &ip.sin_addr);
        std::memcpy(&storage, &ip, sizeof ip);
        EXPECT_EQ(is_public(*address), is_fine) << text;
    }
    sockaddr_in6 ip6 = {};
    ip6.sin6_family = AF_INET6;
    for (const auto& [text, is_fine] : {std::pair("::1", false), std::pair("2a00::1", true)}) {
        ::inet_pton(AF_INET6, text, &ip6.sin6_addr);
        std::memcpy(&storage, &ip6, sizeof ip6);
        EXPECT_EQ(is_public(*address), is_fine) << text;
    }
    storage.ss_family = AF_UNIX;
    EXPECT_FALSE(is_public(*address));
}

TEST(AddressGuard, KnowsNamesOfThisMachine) {
    for (const char* name : {"localhost", "localhost.", "a.localhost"})
        EXPECT_TRUE(is_local_name(name)) << name;
    for (const char* name : {"localhost.example", "mylocalhost", "example", ""})
        EXPECT_FALSE(is_local_name(name)) << name;
}

}  // namespace
}  // namespace lockstep::http
