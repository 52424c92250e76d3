use std::cell::RefCell;

use encoding_rs::Encoding;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::document::Document;
use crate::gathered::Gathered;
use crate::{Limits, Reading, Unreadable, charset};

/// Title and body without markup, scripts and styles. Only the tokenizer of the HTML standard runs,
/// no tree is built: a hundred thousand nested elements cost no more than as many in a row.
pub fn read(document: Document, limits: &Limits) -> Result<Reading, Unreadable> {
    let beginning = super::beginning_of(document, limits)?;
    let page = charset::decode(&beginning.bytes, declared_encoding(&beginning.bytes));
    let mut gathered = Gathered::with_room(limits.text_bytes);
    gather(&page, &mut gathered);
    let truncated = gathered.is_truncated() || beginning.is_cut;
    Ok(Reading::unpaged(gathered.into_text(), truncated))
}

/// The words of a page in one piece.
pub fn gather(page: &str, gathered: &mut Gathered) {
    let words = Words { gathered: RefCell::new(gathered), skipped: RefCell::new(None) };
    let tokenizer = Tokenizer::new(words, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(page));
    // Nothing here stops the tokenizer for a script, so that one call reaches the end.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
}

/// `charset=` in the first kibibyte, where the HTML standard wants it (section 13.2.3.2).
fn declared_encoding(page: &[u8]) -> Option<&'static Encoding> {
    let head = page[..page.len().min(1024)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let (_, after) = head.split_once("charset=")?;
    let is_quote = |letter: char| letter == '"' || letter == '\'';
    let label: String = after
        .trim_start_matches(is_quote)
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || "-_:.".contains(*letter))
        .collect();
    Encoding::for_label(label.as_bytes())
}

struct Words<'a> {
    gathered: RefCell<&'a mut Gathered>,
    /// The element whose content is not text for people, while inside it.
    skipped: RefCell<Option<String>>,
}

impl Words<'_> {
    fn pass(&self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let mut gathered = self.gathered.borrow_mut();
        match name {
            "td" | "th" => gathered.end_word(),
            name if !is_inline(name) => gathered.end_line(),
            _ => {}
        }
        match tag.kind {
            TagKind::StartTag => self.enter(name),
            TagKind::EndTag => {
                self.skipped.borrow_mut().take_if(|skipped| skipped == name);
                TokenSinkResult::Continue
            }
        }
    }

    /// Elements whose content the standard reads as raw text until their own end tag.
    fn enter(&self, name: &str) -> TokenSinkResult<()> {
        let kind = match name {
            "title" | "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
            "script" => RawKind::ScriptData,
            "style" | "iframe" | "noembed" | "noframes" | "xmp" => RawKind::Rawtext,
            _ => return TokenSinkResult::Continue,
        };
        self.skipped.replace(Some(name.to_owned()));
        TokenSinkResult::RawData(kind)
    }
}

impl TokenSink for Words<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => return self.pass(&tag),
            Token::CharacterTokens(words) if self.skipped.borrow().is_none() => {
                self.gathered.borrow_mut().push(&words);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements inside a line; every other one begins and ends a line of its own.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}
