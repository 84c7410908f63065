//! Signatures of functions: `s-n?(sf):b`. <https://docs.jsonata.org/programming#function-signatures>

use crate::jsonata::Error;

/// A set of types, each a letter of a signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    /// No type.
    pub const NONE: Self = Self(0);
    /// `s`
    pub const STRING: Self = Self(1);
    /// `n`
    pub const NUMBER: Self = Self(1 << 1);
    /// `b`
    pub const BOOLEAN: Self = Self(1 << 2);
    /// `l`
    pub const NULL: Self = Self(1 << 3);
    /// `a`
    pub const ARRAY: Self = Self(1 << 4);
    /// `o`
    pub const OBJECT: Self = Self(1 << 5);
    /// `f`
    pub const FUNCTION: Self = Self(1 << 6);
    /// Nothing: a path that found nothing. Every parameter but a plain function takes it.
    pub const MISSING: Self = Self(1 << 7);
    /// `j`
    pub const JSON: Self = Self(0b0011_1111);
    /// `x`
    pub const ANY: Self = Self(0b0111_1111);

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a type of `other` is in this set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The type of this letter.
    const fn of(letter: char) -> Option<Self> {
        Some(match letter {
            's' => Self::STRING,
            'n' => Self::NUMBER,
            'b' => Self::BOOLEAN,
            'l' => Self::NULL,
            'a' => Self::ARRAY,
            'o' => Self::OBJECT,
            'f' => Self::FUNCTION,
            _ => return None,
        })
    }
}

/// How many arguments a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// One.
    One,
    /// One or none.
    Optional,
    /// One or more.
    Many,
}

/// What the items of an array must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Items {
    /// Not said.
    Any,
    /// All of this type. The name is for messages, such as `numbers`; there is none for types within types.
    Are {
        /// The type; none for one that no item has.
        types: Types,
        /// The type's name in messages.
        name: Option<&'static str>,
    },
}

/// A parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The types that it takes.
    pub types: Types,
    /// How many arguments it takes.
    pub count: Count,
    /// `-`: the context takes the place of a missing argument.
    pub context: bool,
    /// `a`: what is no array becomes an array of one item.
    pub array: bool,
    /// `a<n>`
    pub items: Items,
}

/// A signature: the parameters of a function. What it says of the result is not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The parameters, in order.
    pub parameters: Vec<Parameter>,
}

impl Signature {
    /// Reads a signature, which is written without its angle brackets. Letters that mean nothing are passed over.
    ///
    /// # Errors
    /// `S0401`: a type parameter on something that is neither array nor function. `S0402`: one inside a choice of types.
    /// The position is the byte in `text`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut rest = text;
        // The letter of the parameter before, for a type parameter behind it.
        let mut letter = None;
        while let Some(symbol) = rest.chars().next() {
            let position = text.len() - rest.len();
            rest = rest.get(symbol.len_utf8()..).unwrap_or_default();
            match symbol {
                ':' => break,
                's' | 'n' | 'b' | 'l' | 'o' | 'a' | 'f' | 'j' | 'x' => {
                    letter = Some(symbol);
                    parameters.push(parameter(symbol));
                }
                '(' => {
                    let (choice, behind) = enclosed(rest, '(', ')');
                    if choice.contains('<') {
                        return Err(Error::new("S0402").value(quoted(choice)).at(position));
                    }
                    rest = behind;
                    letter = None;
                    let types = choice.chars().filter_map(Types::of).fold(Types::MISSING, Types::or);
                    parameters.push(Parameter { types, ..parameter('s') });
                }
                '<' => {
                    let (inner, behind) = enclosed(rest, '<', '>');
                    rest = behind;
                    match (letter, parameters.last_mut()) {
                        (Some('a'), Some(parameter)) => parameter.items = items(inner),
                        (Some('f'), Some(_)) => {}
                        _ => return Err(wrong_type_parameter(letter, position)),
                    }
                }
                '-' | '?' | '+' => {
                    if let Some(parameter) = parameters.last_mut() {
                        parameter.context |= symbol == '-';
                        parameter.count = if symbol == '+' { Count::Many } else { Count::Optional };
                    }
                }
                _ => {}
            }
        }
        Ok(Self { parameters })
    }
}

fn parameter(letter: char) -> Parameter {
    let types = match letter {
        // Any value is taken for an array of one item.
        'a' | 'x' => Types::ANY.or(Types::MISSING),
        'j' => Types::JSON.or(Types::MISSING),
        'f' => Types::FUNCTION,
        _ => Types::of(letter).unwrap_or_default().or(Types::MISSING),
    };
    Parameter { types, count: Count::One, context: false, array: letter == 'a', items: Items::Any }
}

fn items(text: &str) -> Items {
    let types = text.chars().next().and_then(Types::of).unwrap_or_default();
    let name = match text {
        "a" => Some("arrays"),
        "b" => Some("booleans"),
        "f" => Some("functions"),
        "n" => Some("numbers"),
        "o" => Some("objects"),
        "s" => Some("strings"),
        _ => None,
    };
    Items::Are { types, name }
}

/// What is before the `close` that belongs to the `open` before `text`, and what is behind it.
fn enclosed(text: &str, open: char, close: char) -> (&str, &str) {
    let mut depth = 1_usize;
    for (index, symbol) in text.char_indices() {
        if symbol == open {
            depth += 1;
        } else if symbol == close {
            depth -= 1;
            if depth == 0 {
                let (inner, behind) = text.split_at(index);
                return (inner, behind.strip_prefix(close).unwrap_or_default());
            }
        }
    }
    (text, "")
}

fn wrong_type_parameter(letter: Option<char>, position: usize) -> Error {
    let error = Error::new("S0401").at(position);
    match letter {
        Some(letter) => error.value(quoted(&letter.to_string())),
        None => error,
    }
}

/// A text as JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    /// Checks the parameters of a signature, each written as its letters in the order `snblaofm`, its quantifier, `@` for
    /// the context and what its items are.
    fn check(text: &str, expected: &str) {
        let shown = match Signature::parse(text) {
            Ok(signature) => signature.parameters.iter().map(show).collect::<Vec<_>>().join(" "),
            Err(error) => format!("{} at {:?}", error.code(), error.position().unwrap()),
        };
        assert_eq!(shown, expected, "{text}");
    }

    fn show(parameter: &Parameter) -> String {
        let letters = "snblaofm".chars().enumerate();
        let mut shown: String =
            letters.filter(|(bit, _)| parameter.types.has(Types(1 << bit))).map(|(_, letter)| letter).collect();
        shown.push_str(match parameter.count {
            Count::One => "",
            Count::Optional => "?",
            Count::Many => "+",
        });
        if parameter.context {
            shown.push('@');
        }
        if let Items::Are { name, .. } = parameter.items {
            shown.push_str(name.unwrap_or("unknown"));
        }
        shown
    }

    #[test]
    fn parameters_have_types_and_counts() {
        check("", "");
        check(":n", "");
        check("s-n?:s", "sm?@ nm?");
        check("x-:b", "snblaofm?@");
        check("afj?:j", "snblaofm f snblaom?");
        check("a+", "snblaofm+");
        check("s-(sf)(sf)n?:s", "sm?@ sfm sfm nm?");
        check("(nsb)-:n", "snbm?@");
        check("l", "lm");
        check("q s", "sm");
    }

    #[test]
    fn type_parameters_are_for_arrays_and_functions() {
        check("a<n>:n", "snblaofmnumbers");
        check("a<a<n>>s", "snblaofmunknown sm");
        check("s-f<s:o>n?:a<o>", "sm?@ f nm?");
        check("s<n>", "S0401 at 1");
        check("n(sa)<n>", "S0401 at 5");
        check("<n>", "S0401 at 0");
        check("(a<n>s)", "S0402 at 0");
        check("a<n", "snblaofmnumbers");
        check("(sn", "snm");
    }

    #[test]
    fn signatures_of_the_built_in_functions_are_right() {
        for function in crate::jsonata::Function::all() {
            assert!(Signature::parse(function.signature()).is_ok(), "{}", function.name());
        }
    }
}
