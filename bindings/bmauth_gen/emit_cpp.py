"""bmauth.hpp: classes that own, exceptions that explain, over the C header alone."""

from __future__ import annotations

from typing import Optional

from . import c_text, cpp_text
from .model import Api, Function, ListProperty, Param
from .render import camel, fold, render, wrap


def doc(text: str, indent: str) -> str:
    return wrap(text, f"{indent}// ")


def result_type(function: Function) -> str:
    outputs = cpp_text.outputs(function)
    if len(outputs) > 1:
        return f"{camel(function.verb)}Result"
    return cpp_text.value_type(outputs[0].type) if outputs else "void"


def is_view(function: Function) -> bool:
    """Its result points into the object, so a temporary object must not give it."""
    return function.returns is not None and function.returns.ownership == "borrowed"


def list_type(items: ListProperty) -> str:
    size = len(items.items)
    view = "std::string_view"
    return f"std::vector<{view if size == 1 else f'std::array<{view}, {size}>'}>"


def callback_of(function: Function) -> Optional[Param]:
    return next((param for param in function.params if param.type.kind == "callback"), None)


def method_doc(function: Function) -> str:
    parts = [function.doc]
    if function.returns:
        parts.append(function.returns.doc)
        if function.returns.is_secret:
            parts.append("SECRET: never log, print or store it.")
    parts += [
        f"{param.name}: {param.doc}"
        for param in function.inputs
        if param.type.kind != "index"
        and param.name != "cancel"
        and not cpp_text.is_implied(function, param)
    ]
    if function.blocking != "never":
        parts.append({"io": "Network.", "wait": "Waits."}[function.blocking])
    return " ".join(parts)


def signature(function: Function, owner: str, scope: str = "") -> tuple[str, str]:
    """What stands before the parenthesis of a method, and behind it."""
    name = scope + function.verb
    if function.kind == "constructor":
        explicit = "explicit " if not scope and function.inputs else ""
        return f"{explicit}{scope}{owner}", ""
    if function.kind == "getter" and function.returns:
        behind = " const&" if is_view(function) else " const"
        return f"{cpp_text.returned_type(function.returns)} {name}", behind
    if function.kind == "setter":
        return f"{owner}& {name}", " &"
    if function.kind == "signal":
        return f"void {name}", " noexcept"
    returned = result_type(function)
    if scope and len(function.outputs) > 1:
        returned = scope + returned
    return f"{returned} {name}", ""


def declaration(function: Function, owner: str) -> str:
    head, behind = signature(function, owner)
    text = fold(head, cpp_text.parameters(function, True) or [""], f"{behind};", 2)
    if is_view(function):
        head, _ = signature(function, owner)
        listed = cpp_text.parameters(function, False) or [""]
        text += "\n" + fold(head, listed, " const&& = delete;", 2)
    if function.kind == "setter":
        text += "\n" + _setter_of_temporary(function, owner, "", ";", 2)
    return text


def _setter_of_temporary(
    function: Function, owner: str, scope: str, behind: str, indent: int = 0
) -> str:
    """The head of a setter that hands the object on, so that one expression makes and fills it."""
    listed = cpp_text.parameters(function, not scope)
    return fold(f"{owner} {scope}{function.verb}", listed, f" &&{behind}", indent)


def _call(function: Function) -> str:
    """The C call inside of the check that throws."""
    call = fold(function.name, cpp_text.arguments(function), ",", 6)
    line = f"  detail::check({call.strip()} err);"
    return (
        line if len(line) <= 100 and "\n" not in call else f"  detail::check(\n{call}\n      err);"
    )


def _filling(function: Function, buffer: Param) -> str:
    """The body of a method that fills a string, which grows as often as the C function asks."""
    names = {buffer.name: "bytes", "capacity_bytes": "capacity_bytes", "length_bytes": "&length"}
    own = [names.get(p.name) or cpp_text.argument(p) for p in function.params]
    call = fold(f"return {function.name}", ["handle_.get()", *own, "&err"], ";", 6)
    lines = [
        f"  detail::fill({buffer.name}, [&](char* bytes, std::int64_t capacity_bytes,",
        " " * (len(buffer.name) + 20) + "std::int64_t& length, bmauth_error*& err) {",
        f"    {call.lstrip()}".replace("\n  ", "\n"),
        "  });",
    ]
    return "\n".join(lines)


def body(function: Function, owner: str) -> str:
    """A method's definition."""
    scope = f"{owner}::"
    head, behind = signature(function, owner, scope)
    listed = cpp_text.parameters(function, False) or [""]
    opening = fold(f"inline {head}", listed, f"{behind} {{")
    call = f"{function.name}({', '.join(cpp_text.arguments(function))})"
    if function.kind == "getter" and function.returns:
        return f"{opening}\n  return {cpp_text.converted(function.returns, call)};\n}}"
    if function.kind == "signal":
        return f"{opening}\n  {call};\n}}"
    if function.buffer:
        return f"{opening}\n{_filling(function, function.buffer)}\n}}"
    lines = [opening]
    callback = callback_of(function)
    if callback:
        lines += [
            f"  auto kept = {callback.name} ? std::make_unique<std::function<bool()>>("
            f"std::move({callback.name})) : nullptr;"
        ]
    lines += [f"  {cpp_text.out_variable(param)}" for param in function.outputs]
    lines += ["  bmauth_error* err = nullptr;", _call(function)]
    outputs = function.outputs
    if callback:
        lines.append(f"  {callback.name}_ = std::move(kept);")
    if function.kind == "constructor":
        lines.append(f"  handle_.reset(out_{outputs[0].name});")
    elif function.kind == "setter":
        names = ", ".join(
            f"std::move({param.name})" if param.type.kind == "callback" else param.name
            for param in function.inputs
            if not cpp_text.is_implied(function, param)
        )
        lines += ["  return *this;", "}", ""]
        lines += [_setter_of_temporary(function, f"inline {owner}", scope, " {")]
        lines += [f"  return std::move({function.verb}({names}));"]
    elif len(outputs) == 1:
        lines.append(f"  return {cpp_text.out_value(outputs[0])};")
    elif outputs:
        values = ", ".join(cpp_text.out_value(param) for param in outputs)
        lines.append(f"  return {{{values}}};")
    return "\n".join([*lines, "}"])


def list_body(items: ListProperty, owner: str) -> str:
    values = [f"detail::view({item.name}(handle_.get(), index))" for item in items.items]
    element = values[0] if len(values) == 1 else "{" + (",\n" + " " * 21).join(values) + "}"
    return "\n".join(
        [
            f"inline {list_type(items)} {owner}::{items.name}() const& {{",
            f"  {list_type(items)} found;",
            f"  const std::int64_t count = {items.count.name}(handle_.get());",
            "  for (std::int64_t index = 0; index < count; ++index) {",
            f"    found.push_back({element});",
            "  }",
            "  return found;",
            "}",
        ]
    )


def free_function(function: Function) -> str:
    returns = function.returns
    assert returns is not None
    head = f"inline {cpp_text.returned_type(returns)} {function.verb}"
    opening = fold(head, cpp_text.parameters(function, False) or [""], " {")
    call = f"{function.name}({', '.join(cpp_text.arguments(function))})"
    return f"{opening}\n  return {cpp_text.converted(returns, call)};\n}}"


def fact_type(fact: Function) -> str:
    """What the exception keeps for one getter of the C error."""
    returns = fact.returns
    assert returns is not None
    if returns.type.kind != "string":
        return cpp_text.value_type(returns.type)
    return "std::optional<std::string>" if returns.is_nullable else "std::string"


def fact_getter(fact: Function) -> str:
    kind = fact_type(fact)
    head = f"  {f'const {kind}&' if 'string' in kind else kind} {fact.verb}() const noexcept {{"
    line = f"{head} return facts_->{fact.verb}; }}"
    return line if len(line) <= 100 else f"{head}\n    return facts_->{fact.verb};\n  }}"


class Owner:
    """One class of bmauth.hpp."""

    def __init__(self, api: Api, handle: str) -> None:
        self.name = camel(handle)
        self.handle = handle
        self.lists = api.lists(handle)
        in_lists = {f.name for items in self.lists for f in (items.count, *items.items)}
        self.methods = [
            function
            for function in api.methods(handle)
            if function.kind != "destructor" and function.name not in in_lists
        ]
        self.callbacks = [param for m in self.methods if (param := callback_of(m))]
        self.results = [m for m in self.methods if len(cpp_text.outputs(m)) > 1]


def emit(api: Api) -> dict[str, str]:
    words = cpp_text.Words(api)
    owners = [Owner(api, handle.name) for handle in api.handles if handle.name != "error"]
    names = {function.name for function in api.functions}
    facts = [function for function in api.methods("error") if function.kind == "getter"]
    text = render(
        "bmauth.hpp.j2",
        api=api,
        c=c_text,
        cpp=cpp_text,
        owners=owners,
        docs={handle.name: handle.doc for handle in api.handles},
        doc=lambda text, indent: doc(words(text), indent),
        method_doc=method_doc,
        declaration=declaration,
        body=body,
        list_body=list_body,
        list_type=list_type,
        result_type=result_type,
        fills=[f for f in api.functions if f.buffer],
        free_functions=[f for f in api.functions if f.kind == "function"],
        free_function=free_function,
        facts=facts,
        fact_type=fact_type,
        fact_getter=fact_getter,
        known_of_code={fact.verb for fact in facts if f"bmauth_code_{fact.verb}" in names},
    )
    return {"capi/include/bmauth.hpp": text}
