"""The API: a FastAPI app, three Lambda doors and the escalations behind them."""
