//! An e-mail: its subject is the title, its sender the publisher, its date the day.

use jiff::civil::Date;
use mail_parser::{Message, MessageParser, PartType};

use super::{BadFile, Kind};
use crate::intake::Draft;
use crate::intake::page::{self, Fetched};

/// Reads the message itself; what is attached to it is not read.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, BadFile> {
    let damaged = |what: &str| BadFile::Damaged { kind: Kind::Mail, what: what.to_owned() };
    let message = MessageParser::default().parse(bytes).ok_or_else(|| damaged("it has no head"))?;
    let plain = plain(&message);
    let page = page_of(&message);
    // Mailings often have a stump of plain text beside the whole in HTML.
    let text = match (plain, page) {
        (Some(plain), Some(Ok(page)))
            if plain.split_whitespace().count() * 2 >= page.split_whitespace().count() =>
        {
            plain
        }
        (_, Some(Ok(page))) => page,
        (Some(plain), _) => plain,
        (None, Some(Err(refusal))) => return Err(refusal.into()),
        (None, None) => return Err(damaged("it has no text of its own; attachments are not read")),
    };
    let sender = message.from().and_then(|from| from.first());
    let publisher = sender.and_then(|sender| sender.name().or_else(|| sender.address())).map(str::to_owned);
    let published = message.date().and_then(|date| {
        let part = |number: u8| i8::try_from(number).ok();
        Date::new(i16::try_from(date.year).ok()?, part(date.month)?, part(date.day)?).ok()
    });
    Ok(Draft { title: message.subject().map(title), publisher, published, text, ..Draft::default() })
}

/// A subject without what forwarding and answering put before it.
fn title(subject: &str) -> String {
    let mut title = subject.trim();
    while let Some((mark, rest)) = title.split_once(':')
        && ["re", "fw", "fwd", "aw", "wg"].contains(&mark.trim().to_ascii_lowercase().as_str())
    {
        title = rest.trim();
    }
    title.to_owned()
}

/// The plain text that is written as such, without what it quotes and its signature.
fn plain(message: &Message<'_>) -> Option<String> {
    let part =
        message.text_body.iter().filter_map(|id| message.parts.get(usize::try_from(*id).ok()?)).find_map(
            |part| match &part.body {
                PartType::Text(text) => Some(text.as_ref()),
                _ => None,
            },
        )?;
    let lines = part.lines().take_while(|line| line.trim_end() != "--").filter(|line| !line.starts_with('>'));
    let text = lines.collect::<Vec<_>>().join("\n").trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn page_of(message: &Message<'_>) -> Option<Result<String, page::NotAnArticle>> {
    let html =
        message.html_body.iter().filter_map(|id| message.parts.get(usize::try_from(*id).ok()?)).find_map(
            |part| match &part.body {
                PartType::Html(html) => Some(html.as_bytes().to_vec()),
                _ => None,
            },
        )?;
    // The parser has decoded the charset already.
    let content_type = Some("text/html; charset=utf-8".to_owned());
    Some(page::read(&Fetched { bytes: html, content_type, ..Fetched::default() }).map(|page| page.text))
}
