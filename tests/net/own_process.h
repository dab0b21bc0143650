// Claims that are made in a process of their own, because they change what a process sees.
#pragma once

#include <functional>
#include <string>

namespace bmauth::test {

// Runs `claim` in a forked child; it returns what is wrong, or nothing.
std::string in_child(const std::function<std::string()>& claim);

// Gives this process mounts of its own, in which it is root, and what `more` (CLONE_NEW*) says.
// What is wrong, or nothing.
std::string enter_own_namespaces(int more);

}  // namespace bmauth::test
