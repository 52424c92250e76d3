//! `/staff/settings/backups`: when the installation was last backed up. Neither where to nor how large: it holds what
//! other organizations have, too.

use maud::{Markup, html};
use poem::handler;
use portico_kernel::{Answer, BackupRecord, DailyBackup, Instant, Result, Staff};
use portico_ui::{
    Frame,
    components::{NoticeKind, Stat, card, notice, stats},
};

use super::view::header;

#[handler]
pub async fn show(staff: Staff) -> Result<Answer> {
    let kernel = staff.kernel();
    let record = kernel.backup_record().await?;
    let daily = kernel.configuration().daily_backup.as_ref();
    let frame = staff.frame();
    let body = page(&frame, &staff.organization().time_zone, staff.now(), &record, daily);
    Ok(staff.page(&frame.text.say("operations-backups"), body))
}

fn page(
    frame: &Frame,
    zone: &str,
    now: Instant,
    record: &BackupRecord,
    daily: Option<&DailyBackup>,
) -> Markup {
    let text = frame.text;
    let habit = match daily {
        Some(daily) => {
            let kept = i64::try_from(daily.keep.get()).unwrap_or(i64::MAX);
            text.say_with("operations-backups-daily", &[("kept", kept.into())])
        }
        None => text.say("operations-backups-off").into_owned(),
    };
    html! {
        (header(&text.say("operations-backups"), &text.say("operations-backups-hint")))
        div.stack {
            @if record.failed_at.is_some() {
                (notice(NoticeKind::Error, &text.say("operations-backups-failed")))
            }
            @match record.last {
                Some(last) => {
                    (stats(&[Stat {
                        label: &text.say("operations-backups-last"),
                        figure: &text.ago(last.made_at.in_zone(zone), now.in_zone(zone)),
                        detail: Some(&text.moment(last.made_at.in_zone(zone))),
                        href: None,
                    }]))
                    @if !last.is_encrypted {
                        (notice(NoticeKind::Warning, &text.say("operations-backups-plain")))
                    }
                }
                None => (notice(NoticeKind::Information, &text.say("operations-backups-none"))),
            }
            (card(html! { p { (habit) } }))
        }
    }
}
