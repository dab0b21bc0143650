// What the opaque handles hold.
#pragma once

#include <bmauth.h>

#include <memory>
#include <string>

#include "core/cancel.h"
#include "core/client.h"
#include "core/json.h"
#include "core/login.h"

struct bmauth_error {
  bmauth::core::Error error;
  bool is_static = false;
};

struct bmauth_cancel {
  bmauth::core::Cancel cancel;
  int (*check)(void* user_data) = nullptr;
  void* user_data = nullptr;
};

struct bmauth_options {
  bmauth::core::Options options;
};

struct bmauth_client {
  std::shared_ptr<bmauth::core::Client> client;
};

struct bmauth_login {
  std::unique_ptr<bmauth::core::Login> login;
};

struct bmauth_token {
  bmauth::core::Token token;
  std::string kind;
};

struct bmauth_route {
  bmauth::core::Route route;
  std::string credential_kind;
  std::string json;
};

struct bmauth_report {
  std::string text;          // the whole, compact
  bmauth::core::Json texts;  // the same tree, every number and boolean as its JSON text
};
