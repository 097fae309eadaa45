"""What callers are refused with, and how each refusal reads as RFC 9457."""
