//! The operator's port: `/health` and `/metrics`, on this machine alone unless the config says otherwise.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use tokio::net::TcpListener;

use super::health::health;
use super::metrics;
use crate::app::App;
use crate::config::Operator;

/// Opens the port where the config asks for one. It serves until the runtime ends.
///
/// # Errors
/// When it cannot be opened; the text says why.
pub(crate) async fn serve(app: Arc<App>, config: &Operator) -> Result<(), String> {
    let Some(address) = config.address()? else { return Ok(()) };
    metrics::start()?;
    let listener = bind(address).await?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    tracing::info!(%address, "operator's port: /health and /metrics");
    let router = Router::new()
        .route("/health", get(report))
        .route("/metrics", get(page))
        .fallback(|| async { (StatusCode::NOT_FOUND, "/health and /metrics are here\n") })
        .with_state(app);
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!("the operator's port was closed: {error}");
        }
    });
    Ok(())
}

async fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address)
        .await
        .map_err(|error| format!("operator.listen: {address} cannot be opened: {error}"))
}

async fn report(State(app): State<Arc<App>>) -> Response {
    let work = move || health().report(&app, Timestamp::now());
    match tokio::task::spawn_blocking(work).await {
        Ok((true, report)) => Json(report).into_response(),
        Ok((false, report)) => (StatusCode::SERVICE_UNAVAILABLE, Json(report)).into_response(),
        Err(error) => failed(&error.to_string()),
    }
}

async fn page(State(app): State<Arc<App>>) -> Response {
    let work = move || {
        let healthy = health().faults(&app, Timestamp::now()).is_empty();
        metrics::page(&app.store, healthy)
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(page)) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], page).into_response(),
        Ok(Err(error)) => failed(&error.to_string()),
        Err(error) => failed(&error.to_string()),
    }
}

fn failed(why: &str) -> Response {
    tracing::error!("the operator's port: {why}");
    (StatusCode::INTERNAL_SERVER_ERROR, "the store could not be asked; the log says more\n").into_response()
}
