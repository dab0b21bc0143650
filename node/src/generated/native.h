// Generated from bindings/spec by bmauth_gen; do not edit.
//
// The classes and functions of the addon, one for each object and function of the library.
#pragma once

#include <napi.h>

#include <bmauth.hpp>
#include <span>

#include "held.h"

namespace bmauth::node {

template <>
struct ClassOf<Client> {
  static const ClassInfo kInfo;
};

template <>
struct ClassOf<Login> {
  static const ClassInfo kInfo;
};

template <>
struct ClassOf<Token> {
  static const ClassInfo kInfo;
};

template <>
struct ClassOf<Route> {
  static const ClassInfo kInfo;
};

template <>
struct ClassOf<Report> {
  static const ClassInfo kInfo;
};

template <>
struct ClassOf<Cancel> {
  static const ClassInfo kInfo;
};

std::span<const ClassInfo* const> classes();
std::span<const Method> functions();

// What an error object of JavaScript is made from.
Napi::Object error_facts(Napi::Env env, const Error& error);

}  // namespace bmauth::node
