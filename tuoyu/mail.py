"""Letters, sent by SMTP."""
