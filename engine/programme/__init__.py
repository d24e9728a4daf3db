"""The programme file: model, validation, differences, history, warnings."""
