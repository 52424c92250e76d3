//! Spans on their way to a collector, by the protocol of OpenTelemetry over HTTP. Nothing here is built up unless an address
//! is given; what is told of a request is decided where its spans are made (`TRACED` in the kernel).

mod collector;

use std::{collections::HashMap, time::Duration};

use anyhow::{Context as _, bail};
use opentelemetry::{
    Context, KeyValue,
    propagation::TextMapPropagator,
    trace::{TraceContextExt, TracerProvider},
};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{
    Resource,
    propagation::TraceContextPropagator,
    trace::{BatchSpanProcessor, SdkTracerProvider},
};
use tracing::{Level, Metadata, Span};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::{Layer, Registry, filter::filter_fn};
use url::Url;

use self::collector::{Collector, PATIENCE};

/// What is not delivered then is lost: the whole program ends within 10 s (T36).
const FAREWELL: Duration = Duration::from_millis(800);

/// The way to a collector: a bounded queue, of which a thread of its own sends what is in it. What does not fit is dropped.
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// `address`: what `OTEL_EXPORTER_OTLP_ENDPOINT` holds, to which the protocol adds `/v1/traces`. Needs a tokio runtime.
    ///
    /// # Errors
    /// For what is no address of HTTP. Whether anybody listens there is not asked.
    pub fn to(address: &str, version: &'static str) -> anyhow::Result<Self> {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Collector::reach()?)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(signal_address(address)?)
            .with_timeout(PATIENCE)
            .build()
            .context("spans cannot be sent")?;
        // Neither the machine nor its user is named.
        let resource = Resource::builder_empty()
            .with_service_name("portico")
            .with_attribute(KeyValue::new("service.version", version))
            .build();
        let provider = SdkTracerProvider::builder()
            .with_span_processor(BatchSpanProcessor::builder(exporter).build())
            .with_resource(resource)
            .build();
        Ok(Self(provider))
    }

    /// Takes the spans of this target and nothing else: lines of the log, which may name a person, are no part of it.
    pub fn layer(&self, target: &'static str) -> impl Layer<Registry> + Send + Sync + use<> {
        let taken = filter_fn(move |metadata: &Metadata<'_>| metadata.target() == target);
        tracing_opentelemetry::layer::<Registry>()
            .with_tracer(self.0.tracer("portico"))
            .with_context_activation(false)
            .with_location(false)
            .with_threads(false)
            .with_level(false)
            .with_target(false)
            .with_tracked_inactivity(false)
            .with_filter(taken.with_max_level_hint(Level::INFO))
    }

    /// Sends what is in the queue, as far as there is time.
    pub async fn finish(self) {
        let sent = tokio::task::spawn_blocking(move || self.0.shutdown_with_timeout(FAREWELL));
        let _ = tokio::time::timeout(FAREWELL, sent).await;
    }
}

/// Makes `span` a child of the one that a `traceparent` names (<https://www.w3.org/TR/trace-context/>), if it names one. A
/// `tracestate`, in which anything may stand, is not passed on.
pub fn follow(span: &Span, traceparent: &str) {
    if let Some(parent) = named_by(traceparent) {
        // An error says that nobody traces.
        let _ = span.set_parent(parent);
    }
}

fn named_by(traceparent: &str) -> Option<Context> {
    let carrier = HashMap::from([("traceparent".to_owned(), traceparent.to_owned())]);
    let context = TraceContextPropagator::new().extract_with_context(&Context::new(), &carrier);
    let names_one = context.span().span_context().is_valid();
    names_one.then_some(context)
}

fn signal_address(address: &str) -> anyhow::Result<String> {
    let Ok(url) = Url::parse(address) else { bail!("it is no address") };
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        bail!("it is http://… or https://…, where OTLP is taken over HTTP (port 4318 by custom)");
    }
    // The exporter's requests are not made by the part of reqwest that would take them out of it.
    if !url.username().is_empty() || url.password().is_some() {
        bail!("a name and a password in it would be sent to nobody: they go into OTEL_EXPORTER_OTLP_HEADERS");
    }
    if url.query().is_some() || url.fragment().is_some() {
        bail!("it ends with its path");
    }
    Ok(format!("{}/v1/traces", url.as_str().trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the standard, section 3.2.2, and what it forbids.
    #[test]
    fn a_parent_is_taken_as_the_standard_writes_it() {
        assert!(named_by("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").is_some());
        for wrong in [
            "",
            "00",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "a name, and more than was asked for",
        ] {
            assert!(named_by(wrong).is_none(), "{wrong}");
        }
    }

    /// <https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp>
    #[test]
    fn the_path_of_the_signal_is_added_to_the_address() {
        for (given, expected) in [
            ("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/traces"),
            ("https://collector.test/", "https://collector.test/v1/traces"),
            ("https://collector.test/of/ours", "https://collector.test/of/ours/v1/traces"),
        ] {
            assert_eq!(signal_address(given).unwrap(), expected);
        }
        for wrong in [
            "",
            "collector",
            "127.0.0.1:4318",
            "grpc://collector.test",
            "http://collector/?a=b",
            "http://a:opensesame@collector.test",
            "https://opensesame@collector.test",
        ] {
            let error = signal_address(wrong).map(drop).unwrap_err();
            assert!(!error.to_string().contains("opensesame"), "{error}");
        }
    }
}
