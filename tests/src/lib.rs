//! What the end-to-end tests stand on: the Discord double and the scenario builder.
