"""The Node package: the low layer over Node-API, and its declarations.

What decides is the kind of a function and whether it blocks: a getter is a property, what waits for
the network is a promise that takes a cancel. A call that waits for a person has no place on a
thread: the package drives it by the poll that stands beside it. Callbacks have none either, because
JavaScript runs on its own thread only.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import node_text as text
from .model import Api, Function, Handle, ListProperty, Param
from .render import camel, fold, render, wrap


def is_callable(function: Function) -> bool:
    return function.blocking != "wait" and all(p.type.kind != "callback" for p in function.params)


def is_bag(api: Api, handle: str) -> bool:
    """An object that is nothing but settings: a plain object in JavaScript."""
    kinds = {method.kind for method in api.methods(handle)}
    return "setter" in kinds and kinds <= {"constructor", "setter", "destructor"}


@dataclass(frozen=True)
class Member:
    name: str
    read: str  # an expression over `env` and `self`
    script_type: str
    doc: str
    is_shown: bool  # to people and in JSON


def doc_of(function: Function) -> str:
    parts = [function.doc]
    if function.returns:
        parts.append(text.returned_doc(function.returns))
        if function.returns.is_secret:
            parts.append("SECRET: never log, print or store it.")
    parts += [f"{text.lower_camel(param.name)}: {param.doc}" for param in function.inputs]
    return " ".join(parts)


def property_of(function: Function) -> Member:
    returns = function.returns
    assert returns is not None
    return Member(
        text.lower_camel(function.verb),
        text.read_value(returns, f"self.{function.verb}()"),
        text.returned_script_type(returns),
        doc_of(function),
        # A property that is the whole object as a document says nothing that the others do not.
        not returns.is_secret and function.verb != "json",
    )


def list_property_of(items: ListProperty) -> Member:
    is_secret = any(item.returns is not None and item.returns.is_secret for item in items.items)
    words = items.items[0].doc.replace("One ", "Every ", 1)
    words = words.replace("The name of one", "Name and value of every", 1)
    return Member(
        text.lower_camel(items.name),
        f"to_js(env, self.{items.name}())",
        text.list_script_type(items),
        words + (" SECRET: never log, print or store it." if is_secret else ""),
        not is_secret,
    )


class Owner:
    """One class of the addon."""

    def __init__(self, api: Api, handle: Handle) -> None:
        self.handle = handle
        self.name = camel(handle.name)
        self.tag = text.tag(api, handle.name)
        lists = api.lists(handle.name)
        in_lists = {f.name for items in lists for f in (items.count, *items.items)}
        rest = [f for f in api.methods(handle.name) if f.name not in in_lists and is_callable(f)]
        self.properties = [property_of(f) for f in rest if f.is_property]
        self.properties += [list_property_of(items) for items in lists]
        self.methods = [
            f for f in rest if f.kind in ("setter", "signal", "action") or (f.inputs and f.returns)
        ]
        self.constructor = next(
            (
                f
                for f in api.functions
                if f.kind == "constructor" and f.outputs[0].type.name == handle.name
            ),
            None,
        )


def made_from(api: Api, function: Function) -> list[str]:
    """The statements of a constructor."""
    owner = camel(function.outputs[0].type.name)
    lines, given = [], []
    for index, param in enumerate(function.inputs):
        value = f"info[{index}]"
        if param.type.kind == "handle" and is_bag(api, param.type.name):
            bag = camel(param.type.name)
            lines.append(f"const auto {param.name} = options_of<{bag}>({value}, k{bag}Settings);")
            given.append(f"&{param.name}" if param.is_nullable else param.name)
        else:
            lines.append(f"const auto {param.name} = {text.converted(param, value)};")
            given.append(text.passed(param))
    return [*lines, f"return made(info, {owner}({', '.join(given)}));"]


def argument_lines(inputs: tuple[Param, ...]) -> list[str]:
    return [
        f"const auto {param.name} = {text.converted(param, f'info[{index}]')};"
        for index, param in enumerate(inputs)
        if param.type.name != "cancel"
    ]


def answer_lines(function: Function, call: str) -> list[str]:
    """The end of a call that has an Answer: an object, several values, one, or nothing."""
    outputs = function.outputs
    if not outputs:
        return [f"{call};", "return [](Napi::Env env) { return env.Undefined(); };"]
    if len(outputs) == 1 and outputs[0].type.kind == "handle":
        return [f"auto made = {call};", "return made_by(self, std::move(made));"]
    lines = [f"const auto result = {call};", "return [result](Napi::Env env) -> Napi::Value {"]
    if len(outputs) == 1:
        return [*lines, "  return to_js(env, result);", "};"]
    lines.append("  Napi::Object object = Napi::Object::New(env);")
    lines += [
        f'  object.Set("{text.lower_camel(param.name)}", to_js(env, result.{param.name}));'
        for param in outputs
    ]
    return [*lines, "  return object;", "};"]


def call_of(function: Function) -> str:
    given = ["&cancel" if p.type.name == "cancel" else text.passed(p) for p in function.inputs]
    return f"self->value.{function.verb}({', '.join(given)})"


def method_lines(function: Function) -> list[str]:
    """The statements of a method."""
    owner = camel(function.handle)
    lines = [f"const auto self = this_of<{owner}>(info);", *argument_lines(function.inputs)]
    call = call_of(function)
    if function.kind == "getter":
        return [
            *lines,
            "const Napi::Env env = info.Env();",
            f"return {text.read_value(function.returns, call)};",
        ]
    if function.kind in ("signal", "setter"):
        return [*lines, f"{call};", "return info.Env().Undefined();"]
    if function.blocking == "never":
        inner = [f"  {line}" for line in answer_lines(function, call)]
        opening = "const auto call = [&]() -> Answer {"
        return [*lines, opening, *inner, "};", "return call()(info.Env());"]
    position = next(i for i, p in enumerate(function.inputs) if p.type.name == "cancel")
    captured = ", ".join(["self", *(p.name for p in function.inputs if p.type.name != "cancel")])
    return [
        *lines,
        f'auto given = maybe_object_of<Cancel>(info[{position}], "cancel");',
        f"return start(info, ClassOf<{owner}>::kInfo, self, std::move(given),",
        f"             [{captured}](Cancel& cancel) -> Answer {{",
        *(f"               {line}" for line in answer_lines(function, call)),
        "             });",
    ]


def free_function_lines(function: Function) -> list[str]:
    given = ", ".join(param.name for param in function.inputs)
    return [
        *argument_lines(function.inputs),
        "const Napi::Env env = info.Env();",
        f"return {text.read_value(function.returns, f'bmauth::{function.verb}({given})')};",
    ]


def setting_lines(bag: str, function: Function) -> list[str]:
    """One row of a table of settings."""
    param = function.inputs[0]
    name = text.lower_camel(function.verb[len("set_") :])
    value = text.converted(param, "value").replace(f'"{text.lower_camel(param.name)}"', "name")
    return [
        f'{{"{name}",',
        f" []({bag}& options, const Napi::Value& value, const char* name) {{",
        f"   options.{function.verb}({value});",
        " }},",
    ]


def callback(name: str, lines: list[str]) -> str:
    """A function that JavaScript calls."""
    info = "info" if any("info" in line for line in lines) else ""
    head = f"return guarded(env, raw, [](const Napi::CallbackInfo& {info or '/*info*/'}) -> Napi::Value {{"
    body = [f"    {line}" for line in lines]
    return "\n".join(
        [
            f"napi_value {name}(napi_env env, napi_callback_info raw) {{",
            f"  {head}",
            *body,
            "  });",
            "}",
        ]
    )


def fact_name(fact: Function) -> str:
    """`name` of a JavaScript error is its class, and its `code` a word: so is ours."""
    return {"code": "number", "name": "code"}.get(fact.verb, text.lower_camel(fact.verb))


def fact_value(fact: Function) -> str:
    return text.read_value(fact.returns, f"error.{fact.verb}()")


def script_doc(words: str, indent: str) -> str:
    line = f"{indent}/** {' '.join(words.split())} */"
    if len(line) <= 100:
        return line
    return f"{indent}/**\n{wrap(words, f'{indent} * ')}\n{indent} */"


def script_method(api: Api, function: Function) -> str:
    returned = (
        text.returned_script_type(function.returns)
        if function.returns
        else text.result_script_type(function)
    )
    if function.blocking == "io":
        returned = f"Promise<{returned}>"
    name = text.lower_camel(function.verb)
    return fold(name, text.script_parameters(function) or [""], f": {returned};", 2)


def script_constructor(api: Api, function: Function) -> str:
    owner = camel(function.outputs[0].type.name)
    found = []
    for param in function.inputs:
        if param.type.kind == "handle" and is_bag(api, param.type.name):
            found.append(f"{param.name}?: {owner}{camel(param.type.name)}")
        else:
            kind = text.script_type(param.type, param.is_nullable)
            found.append(
                f"{text.lower_camel(param.name)}{'?' if param.is_nullable else ''}: {kind}"
            )
    return fold("constructor", found or [""], ";", 2)


def emit(api: Api) -> dict[str, str]:
    words = text.Words(api)
    bags = [handle for handle in api.handles if is_bag(api, handle.name)]
    owners = [
        Owner(api, handle)
        for handle in api.handles
        if handle not in bags and handle.name != "error"
    ]
    values = {
        "api": api,
        "text": text,
        "owners": owners,
        "bags": [
            (handle, [f for f in api.methods(handle.name) if f.kind == "setter"]) for handle in bags
        ],
        "bag_names": {
            bag.name: camel(f.outputs[0].type.name) + camel(bag.name)
            for f in api.functions
            for bag in bags
            if f.kind == "constructor" and any(p.type.name == bag.name for p in f.inputs)
        },
        "facts": [f for f in api.methods("error") if f.kind == "getter"],
        "free_functions": [f for f in api.functions if f.kind == "function"],
        "results": [m for owner in owners for m in owner.methods if len(m.outputs) > 1],
        "doc": lambda said, indent: script_doc(words(said), indent),
        "doc_of": doc_of,
        "fact_name": fact_name,
        "fact_value": fact_value,
        "made_from": lambda function: made_from(api, function),
        "method_lines": method_lines,
        "free_function_lines": free_function_lines,
        "setting_lines": setting_lines,
        "callback": callback,
        "script_method": lambda function: script_method(api, function),
        "script_constructor": lambda function: script_constructor(api, function),
    }
    return {
        "node/src/generated/native.h": render("node_native.h.j2", **values),
        "node/src/generated/native.cpp": render("node_native.cpp.j2", **values),
        "node/lib/native.d.ts": render("node_native.d.ts.j2", **values),
    }
