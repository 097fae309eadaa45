"""The laptop's front door: one address before the deployed HTTP API, as CloudFront is in the cloud."""
