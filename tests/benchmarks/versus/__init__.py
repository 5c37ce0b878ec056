"""`make bench`: us, a stock Django application and Datasette, on the same work."""
