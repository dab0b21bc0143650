// Generated from bindings/spec by bmauth_gen; do not edit.

/// What a box looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Color {
    /// Red as a rose.
    Red,
    /// Blue as the sea.
    Blue,
    /// A number that this crate does not know.
    Unknown(i32),
}

impl From<i32> for Color {
    fn from(number: i32) -> Self {
        match number {
            0 => Self::Red,
            1 => Self::Blue,
            other => Self::Unknown(other),
        }
    }
}

impl From<Color> for i32 {
    fn from(value: Color) -> Self {
        match value {
            Color::Red => 0,
            Color::Blue => 1,
            Color::Unknown(other) => other,
        }
    }
}
