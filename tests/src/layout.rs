//! How Discord lays a message out, near enough to look at: as a page in its dark or light colours, or as
//! text of so many columns. For eyes, not for tests: see `examples/pictures.rs`.
#![expect(clippy::string_slice, reason = "cuts fall where a mark or a character was found")]

use std::fmt::Write as _;

use serde_json::Value;

/// Discord's colours and widths: class of the body, then its name.
const LOOKS: [(&str, &str); 3] = [("dark", "Dark"), ("light", "Light"), ("dark narrow", "Narrow")];

const STYLE: &str = "body{font:16px/1.375 'gg sans',sans-serif;padding:16px}
.dark{background:#313338;color:#dbdee1}.light{background:#fff;color:#313338}
.narrow{width:328px}.embed{max-width:516px;border-left:4px solid #1e1f22;border-radius:4px;padding:8px 16px;
margin:4px 0;font-size:14px}.dark .embed{background:#2b2d31}.light .embed{background:#f2f3f5}
.title{font-size:16px;font-weight:600}.footer{font-size:12px;opacity:.85;margin-top:8px}
blockquote{border-left:4px solid #4e5058;margin:0;padding-left:12px}code{background:#1e1f2240;padding:2px}
a{color:#00a8fc}.sub{font-size:12px;opacity:.8}.item{padding-left:16px;text-indent:-12px}
.row{display:flex;flex-wrap:wrap;gap:8px;margin:4px 0}.row span{background:#4e5058;color:#fff;
border-radius:3px;padding:4px 16px;font-size:14px}img{max-width:100%;border-radius:4px;margin-top:8px}";

/// Messages as one page; `pictures` are the addresses of the pictures of each.
#[must_use]
pub fn page(messages: &[(Value, Vec<String>)]) -> String {
    let mut out = format!("<!doctype html><meta charset=utf-8><style>{STYLE}</style>");
    for (class, name) in LOOKS {
        let _ = write!(out, "<div class='{class}'><h2>{name}</h2>");
        for (message, pictures) in messages {
            out.push_str(&html(message, pictures));
        }
        out.push_str("</div>");
    }
    out
}

fn html(message: &Value, pictures: &[String]) -> String {
    let mut out = format!("<p>{}</p>", marked(message["content"].as_str().unwrap_or_default()));
    for embed in list(&message["embeds"]) {
        let _ = write!(out, "<div class=embed><div class=title>{}</div>", marked(text(&embed["title"])));
        for line in text(&embed["description"]).lines() {
            let (tag, class, rest) = match line {
                _ if line.starts_with("> ") => ("blockquote", "", &line[2..]),
                _ if line.starts_with("-# ") => ("div", "sub", &line[3..]),
                _ if line.starts_with("- ") => ("div", "item", line),
                _ => ("div", "", line),
            };
            let _ = write!(out, "<{tag} class='{class}'>{}</{tag}>", marked(rest));
        }
        for field in list(&embed["fields"]) {
            let _ = write!(
                out,
                "<b>{}</b><div>{}</div>",
                marked(text(&field["name"])),
                marked(text(&field["value"]))
            );
        }
        if let Some(url) = embed["image"]["url"].as_str() {
            let _ = write!(out, "<i>{url}</i>");
        }
        let _ = write!(out, "<div class=footer>{}</div></div>", footer(embed).replace('\n', "<br>"));
    }
    for picture in pictures {
        let _ = write!(out, "<img src='{picture}'>");
    }
    for row in list(&message["components"]) {
        out.push_str("<div class=row>");
        for control in list(&row["components"]) {
            let _ = write!(out, "<span>{}</span>", escaped(shown(control)));
        }
        out.push_str("</div>");
    }
    out
}

/// A message as text of so many columns, as a narrow screen breaks it.
#[must_use]
pub fn columns(message: &Value, width: usize) -> String {
    let mut out = String::new();
    let mut put = |prefix: &str, line: &str| {
        let mut rest: &str = line;
        while !rest.is_empty() {
            let most = width.saturating_sub(prefix.chars().count());
            let end = rest.char_indices().nth(most).map_or(rest.len(), |(at, _)| at);
            let cut = if end == rest.len() { end } else { rest[..end].rfind(' ').map_or(end, |at| at + 1) };
            let _ = writeln!(out, "{prefix}{}", rest[..cut].trim_end());
            rest = &rest[cut..];
        }
    };
    put("", text(&message["content"]));
    for embed in list(&message["embeds"]) {
        put("│ ", &plain(text(&embed["title"])).to_uppercase());
        for line in text(&embed["description"]).lines() {
            match line.strip_prefix("> ") {
                Some(quoted) => put("│ ┃ ", &plain(quoted)),
                None => put("│ ", &plain(line)),
            }
        }
        for field in list(&embed["fields"]) {
            put("│ ", &plain(text(&field["name"])));
            put("│   ", &plain(text(&field["value"])));
        }
        footer(embed).lines().for_each(|line| put("│ · ", line));
    }
    for row in list(&message["components"]) {
        let labels: Vec<_> =
            list(&row["components"]).map(|control| format!("[{}]", shown(control))).collect();
        put("", &labels.join(" "));
    }
    out
}

fn footer(embed: &Value) -> String {
    [text(&embed["footer"]["text"]), text(&embed["timestamp"])]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" • ")
}

fn shown(control: &Value) -> &str {
    control["label"].as_str().or_else(|| control["placeholder"].as_str()).unwrap_or("?")
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Markdown as Discord shows it: what is escaped is plain, links are their labels.
fn plain(markdown: &str) -> String {
    let marked = marked(markdown);
    let mut out = String::new();
    let mut inside = false;
    for c in marked.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn marked(markdown: &str) -> String {
    let (mut out, mut rest) = (String::new(), markdown);
    while let Some(c) = rest.chars().next() {
        let pair = |mark: &str| {
            let inner = rest.strip_prefix(mark)?;
            inner.find(mark).map(|end| (&inner[..end], &inner[end + mark.len()..]))
        };
        let link = || {
            let (label, after) = rest.strip_prefix('[')?.split_once("](")?;
            let (url, after) = after.split_once(')')?;
            Some((label, url, after))
        };
        let time = || rest.strip_prefix("<t:").and_then(|rest| rest.split_once('>'));
        if let Some(after) = rest.strip_prefix('\\') {
            let next = after.chars().next().map_or(0, char::len_utf8);
            out.push_str(&escaped(&after[..next]));
            rest = &after[next..];
        } else if let Some((inner, after)) = pair("**") {
            let _ = write!(out, "<b>{}</b>", marked(inner));
            rest = after;
        } else if let Some((inner, after)) = pair("~~") {
            let _ = write!(out, "<s>{}</s>", marked(inner));
            rest = after;
        } else if let Some((inner, after)) = pair("`") {
            let _ = write!(out, "<code>{}</code>", escaped(inner));
            rest = after;
        } else if let Some((label, url, after)) = link() {
            let _ = write!(out, "<a href='{}'>{}</a>", escaped(url), marked(label));
            rest = after;
        } else if let Some((when, after)) = time() {
            let second = when.split(':').next().and_then(|second| second.parse().ok()).unwrap_or(0);
            let at = jiff::Timestamp::from_second(second).unwrap_or_default();
            out.push_str(&at.strftime("%-d %B %Y %H:%M").to_string());
            rest = after;
        } else {
            out.push_str(&escaped(&rest[..c.len_utf8()]));
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}
