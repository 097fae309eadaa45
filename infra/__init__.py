"""The AWS stack of LiveKit Handoff, written with the CDK."""
