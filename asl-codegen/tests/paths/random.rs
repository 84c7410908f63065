//! Random paths that can select several values. The seed is fixed, so they are the same each time.

/// How many there are.
const COUNT: usize = 140;

pub(crate) fn paths() -> Vec<String> {
    let mut random = Random(0x5DEE_CE66_D1CE_4E5B);
    let mut paths: Vec<String> = Vec::new();
    while paths.len() < COUNT {
        let mut path = random.path("$", 1, 3, 2);
        let union = random.one_of(&["", "", "", "", "['a','c']", "['b','a']", "..['b','a']"]);
        path.push_str(union);
        if !crate::parsed(&path).is_definite() && !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}

/// An xorshift generator.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    /// A path of `least` to `most` steps, with filters up to `depth` deep.
    fn path(&mut self, start: &str, least: usize, most: usize, depth: usize) -> String {
        let steps = least + self.below(most + 1 - least);
        (0..steps).fold(start.to_owned(), |path, _| path + &self.step(depth))
    }

    fn step(&mut self, depth: usize) -> String {
        match self.below(if depth > 0 { 12 } else { 8 }) {
            0..=2 => format!(".{}", self.one_of(&["a", "b", "c"])),
            3 => self.one_of(&["[0]", "[1]", "[-1]", "['a']"]).to_owned(),
            4 => self.one_of(&["[*]", ".*", "..*", "..[*]"]).to_owned(),
            5 => self.one_of(&["[1:]", "[:2]", "[-2:]", "[:-1]", "[0:3:2]", "[1:-1]", "[-3:2]", "..[1:]"]).to_owned(),
            6 => self.one_of(&["[0,2]", "[-1,0]", "..[0,1]", "..[0]"]).to_owned(),
            7 => self.one_of(&["..a", "..b", "..c"]).to_owned(),
            8 => format!("..[?({})]", self.condition(depth - 1, 1)),
            _ => format!("[?({})]", self.condition(depth - 1, 2)),
        }
    }

    fn condition(&mut self, depth: usize, sides: usize) -> String {
        match self.below(if sides > 0 { 10 } else { 7 }) {
            0 => self.item(depth),
            1 => format!("!{}", self.item(depth)),
            2..=4 => {
                let operator = self.one_of(&["==", "==", "!=", "<", "<=", ">", ">="]);
                format!("{} {operator} {}", self.item(depth), self.value(depth))
            }
            5 => {
                let operator = self.one_of(&["in", "nin", "anyof", "noneof", "subsetof"]);
                let list = self.one_of(&["['a', 1]", "[null, true, 'Ab', []]", "[0, [1]]", "$.a", "$.b"]);
                format!("{} {operator} {list}", self.item(depth))
            }
            6 => {
                let test =
                    self.one_of(&["contains 'A'", "contains 1", "size 2", "size 0", "empty true", "empty false"]);
                let regex = self.one_of(&["=~ /a.*/", "=~ /a.*/i"]);
                let test = if self.below(3) == 0 { regex } else { test };
                format!("{} {test}", self.item(depth))
            }
            7 => format!("({} && {})", self.condition(depth, sides - 1), self.condition(depth, sides - 1)),
            8 => format!("{} || {}", self.condition(depth, sides - 1), self.condition(depth, sides - 1)),
            _ => format!("!({})", self.condition(depth, sides - 1)),
        }
    }

    fn item(&mut self, depth: usize) -> String {
        if self.below(4) == 0 { self.path("@", 1, 2, depth) } else { format!("@.{}", self.one_of(&["a", "b", "c"])) }
    }

    fn value(&mut self, depth: usize) -> String {
        let constants = ["0", "1", "1.0", "'a'", "'1'", "Ab", "true", "false", "null", "[]", "[1]", "$.a", "$.b.c"];
        if self.below(5) == 0 { self.item(depth) } else { self.one_of(&constants).to_owned() }
    }
}
