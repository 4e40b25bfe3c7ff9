"""Pairs and groups that a facilitator can use, and how past ones repeated.

`candidates` says who may sit with whom and what is known of them, `arrange` what is asked for and cannot be; `room`
says what a plan is worth; `search` looks for plans, `exact` makes one round as good as it can be, `bounds` says what no
plan can do, and `plan` puts them together; `past` looks back.
"""
