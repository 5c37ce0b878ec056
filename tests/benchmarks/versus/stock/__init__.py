"""A claim list as a competent developer has it from the packages, in an afternoon.

Django's `startproject` settings, django-tables2, django-filter and the stock admin over
the same rows; an index on each column the list is ordered or filtered by.
"""
