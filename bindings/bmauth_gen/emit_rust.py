"""The Rust crates: all of bmauth-sys that repeats the ABI, and what of `bmauth` follows from the spec."""

from __future__ import annotations

from . import c_text, rust_api_text, rust_sys_text, rust_text
from .model import Api, Handle
from .render import camel, render
from .rust_text import Words

SYS = "bindings/rust/bmauth-sys/src"
GENERATED = "bindings/rust/bmauth/src/generated"


class SysOwner:
    """One struct that owns an object of the library, with every function of it."""

    def __init__(self, api: Api, handle: Handle) -> None:
        self.handle = handle
        self.name = camel(handle.name)
        self.c_name = f"bmauth_{handle.name}"
        self.methods = [m for m in api.methods(handle.name) if m.kind != "destructor"]
        self.callbacks = [p for m in self.methods for p in m.params if p.type.kind == "callback"]
        self.is_parent = any(
            rust_sys_text.keeps_parent(api, m, param) for m in self.methods for param in m.outputs
        )
        self.is_unshared = handle.thread == "one_at_a_time"
        self.is_plain = not (self.is_parent or self.is_unshared or self.callbacks)
        self.type = (
            f"Arc<Owned<ffi::{self.c_name}>>" if self.is_parent else f"Owned<ffi::{self.c_name}>"
        )


class Owner(SysOwner):
    """The same in the crate `bmauth`, where counted getters are one list."""

    def __init__(self, api: Api, handle: Handle) -> None:
        super().__init__(api, handle)
        self.lists = api.lists(handle.name)
        in_lists = {f.name for items in self.lists for f in (items.count, *items.items)}
        self.methods = [m for m in self.methods if m.name not in in_lists]
        self.results = [m for m in self.methods if len(m.outputs) > 1]


def emit_sys(api: Api) -> dict[str, str]:
    """Declarations of all functions, and objects without those that `header.rs` calls by hand."""
    common = api.without_memory()
    objects = render(
        "rust_sys_objects.rs.j2",
        api=common,
        rust=rust_sys_text,
        doc=rust_text.doc,
        free_functions=[f for f in common.functions if f.kind == "function"],
        owners=[SysOwner(common, handle) for handle in common.handles],
    )
    ffi = render("rust_ffi.rs.j2", api=api, c=c_text, rust=rust_sys_text)
    return {f"{SYS}/ffi.rs": ffi, f"{SYS}/objects.rs": objects}


def emit_crate(api: Api) -> dict[str, str]:
    words = Words(api)
    functions = [f for f in api.functions if f.kind == "function"]
    names = {function.name for function in functions}
    facts = [function for function in api.methods("error") if function.kind == "getter"]
    handles = [handle for handle in api.handles if handle.name != "error"]
    common = {"rust": rust_api_text, "words": words}
    files = {
        "code": render(
            "rust_code.rs.j2",
            codes=[code for code in api.codes if code.number],  # 0 is success, no error
            functions=[f for f in functions if f.module == "code"],
            **common,
        ),
        "enums": render("rust_enums.rs.j2", enums=api.enums, **common),
        "error": render(
            "rust_error.rs.j2",
            facts=facts,
            known_of_code={fact.verb for fact in facts if f"bmauth_code_{fact.verb}" in names},
            **common,
        ),
        "library": render(
            "rust_library.rs.j2", functions=[f for f in functions if f.module != "code"], **common
        ),
    }
    for handle in handles:
        files[handle.name] = render("rust_object.rs.j2", owner=Owner(api, handle), **common)
    callbacks = [camel(callback.name) for callback in api.callbacks]
    modules = [rust_text.name(module) for module in sorted(files)]
    files["mod"] = render("rust_mod.rs.j2", modules=modules, callbacks=callbacks)
    return {f"{GENERATED}/{name}.rs": text for name, text in files.items()}


def emit(api: Api) -> dict[str, str]:
    return {**emit_sys(api), **emit_crate(api.without_memory())}
