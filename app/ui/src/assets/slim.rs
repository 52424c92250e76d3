//! Text files without what only their readers need. It depends on nothing, so that a build script can
//! include it by path.

/// Our own stylesheets and scripts as they are sent: without indentation, blank lines and comments
/// that have lines to themselves. Not for vendored files, which stay what they were.
///
/// Assumes what this project's files keep to: no string or template literal spans lines.
pub fn slim(source: &str) -> String {
    let mut slimmed = String::with_capacity(source.len());
    let mut in_comment = false;
    for line in source.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if in_comment {
            in_comment = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            slimmed.push_str(line);
            slimmed.push('\n');
        }
    }
    slimmed
}

/// The same for a stylesheet, on one line: there a line break means nothing, nor does a space beside these.
pub fn slim_css(source: &str) -> String {
    let mut slimmed = slim(source).replace('\n', "");
    for (loose, tight) in [
        (": ", ":"),
        (", ", ","),
        (" {", "{"),
        ("{ ", "{"),
        ("; }", "}"),
        (";}", "}"),
        (" > ", ">"),
        ("> ", ">"),
        (" * ", "*"),
        (" / ", "/"),
        ("@media (", "@media("),
        // Nested in a rule, what begins with a class lies inside of what the rule is for.
        ("{& .", "{."),
        ("}& .", "}."),
        (";& .", ";."),
    ] {
        slimmed = slimmed.replace(loose, tight);
    }
    slimmed
}

#[cfg(test)]
mod tests {
    use super::{slim, slim_css};

    #[test]
    fn slimming_keeps_every_statement() {
        let source = "/* Says why,\n   on two lines. */\n(() => {\n  // Because.\n  const a = \"//x /* y */\";\n\n})();\n";
        assert_eq!(slim(source), "(() => {\nconst a = \"//x /* y */\";\n})();\n");
        assert_eq!(slim(".a { /* here */ color: red; }"), ".a { /* here */ color: red; }\n");
    }

    #[test]
    fn a_stylesheet_shrinks_to_one_line() {
        let source = "/* Why. */\n@layer a {\n  .b, .c :is(d) {\n    color: red;\n\n    & > e {\n      top: 0;\n    }\n  }\n}\n";
        assert_eq!(slim_css(source), "@layer a{.b,.c :is(d){color:red;&>e{top:0}}}");
    }
}
