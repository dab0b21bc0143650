"""How the model reads in the crate `bmauth`: texts, times and enumerations instead of numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Union

from .model import Function, ListProperty, Param, Return
from .render import camel
from .rust_sys_text import receiver
from .rust_text import (
    Words,
    bullet,
    call,
    code_link,
    doc,
    method,
    name,
    param_name,
    signature,
    untimed,
    verb,
)

INDENT = " " * 8
BLOCKING = {"io": "Network: may wait for requests.", "wait": "Waits for a person."}


@dataclass(frozen=True)
class Reading:
    """A type of the crate, and how it is made of what bmauth-sys gives."""

    type: str
    start: str = ""
    end: str = ""

    def of(self, value: str) -> str:
        return f"{self.start}{value}{self.end}"


# By unit, and whether "unknown" is a number that cannot be one.
NUMBERS = {
    ("ms", False): Reading("Duration", "from_ms(", ")"),
    ("ms", True): Reading("Option<Duration>", "maybe_ms(", ")"),
    ("s", False): Reading("Duration", "from_s(", ")"),
    ("unix_s", False): Reading("Option<SystemTime>", "from_unix_s(", ")"),
    ("count", True): Reading("Option<usize>", "maybe_count(", ")"),
    ("none", False): Reading("i32"),
}
TEXTS = {
    # by is_nullable, is_secret
    (False, False): Reading("&str"),
    (True, False): Reading("Option<&str>"),
    (False, True): Reading("Secret<'_>", "Secret::new(", ")"),
    (True, True): Reading("Option<Secret<'_>>", "", ".map(Secret::new)"),
}


def enum_name(kind: str, type_name: str) -> str:
    return "ErrorCode" if kind == "code" else camel(type_name)


def value(value: Union[Param, Return], absent: int) -> Reading:
    kind = value.type.kind
    if kind in ("enum", "code"):
        enum = enum_name(kind, value.type.name)
        return Reading(enum, f"{enum}::from(", ")")
    if kind == "handle":
        return Reading(camel(value.type.name), f"{camel(value.type.name)}(", ")")
    return Reading("bool") if kind == "bool" else NUMBERS[value.unit, absent < 0]


def returned(returns: Return) -> Reading:
    if returns.type.kind == "string":
        return TEXTS[returns.is_nullable, returns.is_secret]
    return value(returns, returns.absent)


def output(param: Param) -> Reading:
    return value(param, 0)


def parameter(param: Param) -> str:
    kind = param.type.kind
    if kind == "string":
        text = "&str"
    elif kind == "handle":
        text = f"&{camel(param.type.name)}"
    elif kind in ("enum", "code"):
        text = enum_name(kind, param.type.name)
    else:
        text = camel(param.type.name) if kind == "callback" else output(param).type
    return f"{param_name(param)}: {f'Option<{text}>' if param.is_nullable else text}"


def prepared(function: Function, param: Param) -> str:
    """The line that makes what bmauth-sys takes of a parameter; empty if it takes it as it is."""
    word = param_name(param)
    if param.type.kind == "string" and function.kind == "getter":
        # A text that C cannot carry is found nowhere.
        return f"{INDENT}let {word} = Text::new({word})?;"
    if param.type.kind == "string":
        said = function.verb[len("set_") :] if function.kind == "setter" else param.name
        helper = "maybe_text" if param.is_nullable else "text"
        return f'{INDENT}let {word} = {helper}("{said}", {word})?;'
    if param.type.kind == "handle" and param.is_nullable:
        return f"{INDENT}let {word} = {word}.map(|it| &it.0);"
    return ""


def argument(param: Param) -> str:
    """What bmauth-sys is handed for one parameter, once it is prepared."""
    kind, word = param.type.kind, param_name(param)
    if kind == "string":
        return f"{word}.as_deref()" if param.is_nullable else f"&{word}"
    if kind == "handle" and not param.is_nullable:
        return f"&{word}.0"
    if kind in ("enum", "code"):
        return f"i32::from({word})"
    return f"to_ms({word})" if param.unit == "ms" else word


def listed(function: Function) -> list[Param]:
    return [param for param in function.inputs if param.type.kind != "user_data"]


def result_name(function: Function) -> str:
    return f"{camel(function.verb)}Result"


def result_type(function: Function) -> str:
    if function.kind == "constructor":
        return "Self"
    if function.kind == "setter":
        return "&mut Self"
    if len(function.outputs) > 1:
        return result_name(function)
    return output(function.outputs[0]).type if function.outputs else "()"


def head(function: Function) -> str:
    tail = " {"
    if function.returns:
        tail = f" -> {returned(function.returns).type} {{"
    elif function.is_fallible:
        tail = f" -> Result<{result_type(function)}> {{"
    params = [*receiver(function), *(parameter(param) for param in listed(function))]
    return signature(f"pub fn {method(function)}", params, tail, "    ")


def body(function: Function, owner: str) -> str:
    inputs = listed(function)
    lines = [line for param in inputs if (line := prepared(function, param))]
    given = [argument(param) for param in inputs]
    if function.returns:
        called = f"self.0.{function.verb}({', '.join(given)})"
        return "\n".join([*lines, f"{INDENT}{returned(function.returns).of(called)}"])
    if function.kind == "signal":
        return f"{INDENT}self.0.{function.verb}()"
    if function.kind == "constructor":
        lines.insert(0, f"{INDENT}version::check()?;")
    else:
        changes = receiver(function) == ["&mut self"]
        given.insert(0, f"&{'mut ' if changes else ''}self.0")
    lines.append(call(f"let called = sys::{owner}::{verb(function)}", given, ";", INDENT))
    return "\n".join([*lines, *answer(function)])


def answer(function: Function) -> list[str]:
    """The lines that make of `called` what a method gives."""
    read = "called.map_err(Error::read)"
    outputs = function.outputs
    if function.kind == "setter":
        return [f"{INDENT}{read}?;", f"{INDENT}Ok(self)"]
    if function.kind == "constructor":
        return [f"{INDENT}{read}.map(Self)"]
    if not outputs:
        return [f"{INDENT}{read}"]
    if len(outputs) == 1:
        made = output(outputs[0]).start.rstrip("(")
        return [f"{INDENT}{read}.map({made})" if made else f"{INDENT}{read}"]
    names = ", ".join(name(param.name) for param in outputs)
    lines = [f"{INDENT}let ({names}) = {read}?;", f"{INDENT}Ok({result_name(function)} {{"]
    for param in outputs:
        field, made = param_name(param), output(param).of(name(param.name))
        row = field if field == made else f"{field}: {made}"
        lines.append(f"{INDENT}    {row},")
    return [*lines, f"{INDENT}}})"]


def list_doc(items: ListProperty, words: Words) -> str:
    text = items.items[0].doc.replace("One ", "Every ", 1)
    return doc(words(text.replace("The name of one", "Name and value of every", 1)), "    ")


def list_method(items: ListProperty) -> str:
    """A count and its getters as one iterator."""
    types = [
        "Secret<'_>" if item.returns and item.returns.is_secret else "&str" for item in items.items
    ]
    names = [item.verb for item in items.items]
    kind = types[0] if len(types) == 1 else f"({', '.join(types)})"
    lines = [f"    pub fn {items.name}(&self) -> impl Iterator<Item = {kind}> + '_ {{"]
    if len(names) == 1:
        lines.append(f"{INDENT}let item = move |index| self.0.{names[0]}(index);")
    else:
        lines.append(f"{INDENT}let item = move |index| {{")
        lines += [f"{INDENT}    let {word} = self.0.{word}(index)?;" for word in names]
        made = [f"Secret::new({w})" if "Secret" in t else w for w, t in zip(names, types)]
        lines += [f"{INDENT}    Some(({', '.join(made)}))", f"{INDENT}}};"]
    lines += [f"{INDENT}(0..self.0.{items.count.verb}()).filter_map(item)", "    }"]
    return "\n".join(lines)


def answer_doc(returns: Return) -> str:
    """What is returned, where a number that stands for "unknown" has become None."""
    if returned(returns).type.startswith("Option"):
        return re.sub(rf"^{returns.absent} (if|when)\b", r"NULL \1", returns.doc)
    return returns.doc


def method_doc(function: Function, words: Words) -> str:
    """What a method does, gives, takes, and how it fails."""
    text = f"{function.doc} {answer_doc(function.returns)}" if function.returns else function.doc
    blocks = [doc(words(text), "    ")]
    if function.blocking != "never":
        blocks.append(doc(BLOCKING[function.blocking], "    "))
    rows = [
        bullet(f"`{param_name(param)}`: {words(param.doc)}{counted(param)}", "    ")
        for param in listed(function)
        if param.name != "cancel"
    ]
    if rows:
        blocks.append("\n".join(rows))
    if function.errors:
        codes = ", ".join(code_link(code) for code in function.errors)
        blocks.append(f"    /// # Errors\n{doc(f'{codes}.', '    ')}")
    return "\n    ///\n".join(blocks)


def shown(function: Function) -> str:
    """The line of Debug for one getter."""
    field = method(function)
    return call("shown.field", [f'"{field}"', f"&self.{field}()"], ";", INDENT)


def counted(param: Param) -> str:
    """The documents count times in a unit that the parameter does not show."""
    return " Counted in milliseconds." if untimed(param.name, param.unit) != param.name else ""


def fact_type(fact: Function) -> str:
    """What an error keeps for one getter of the C error."""
    assert fact.returns is not None
    return returned(fact.returns).type.replace("&str", "String")


def fact_read(fact: Function) -> str:
    assert fact.returns is not None
    made = returned(fact.returns).of(f"error.{fact.verb}()")
    if fact.returns.type.kind != "string":
        return made
    return f"{made}.map(str::to_owned)" if fact.returns.is_nullable else f"{made}.to_owned()"


def fact_getter(fact: Function) -> str:
    kind, field = fact_type(fact), f"self.0.{method(fact)}"
    shown = {"String": "&str", "Option<String>": "Option<&str>"}.get(kind, kind)
    if "String" in kind:
        field = f"{field}.as_deref()" if "Option" in kind else f"&{field}"
    return f"    pub fn {method(fact)}(&self) -> {shown} {{\n{INDENT}{field}\n    }}"


def fact_unknown(fact: Function) -> str:
    """What stands in an error that is not from the library."""
    kind = fact_type(fact)
    if kind.startswith("Option"):
        return "None"
    return {"bool": "false", "i32": "0", "String": "String::new()"}[kind]


def code_method(function: Function) -> str:
    """A function of codes as a method of ErrorCode."""
    returns = function.returns
    assert returns is not None
    kind = "&'static str" if returns.type.kind == "string" else returned(returns).type
    verb = function.verb[len("code_") :]
    called = f"sys::{function.verb}(i32::from(self))"
    return f"    pub fn {verb}(self) -> {kind} {{\n{INDENT}{called}\n    }}"


def free_function(function: Function) -> str:
    returns = function.returns
    assert returns is not None and not function.params
    kind = "&'static str" if returns.type.kind == "string" else returned(returns).type
    return f"pub fn {function.verb}() -> {kind} {{\n    sys::{function.verb}()\n}}"
