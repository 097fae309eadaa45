"""The doors that AWS Lambda knocks at."""
