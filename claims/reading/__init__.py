"""What readers' pages say: the record in words, as values for the templates."""
