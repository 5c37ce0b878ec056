"""The desk: stock admin, one module per concept.

Nothing is imported here: the site is made first, then ``registry`` fills it.
"""
