"""The way out for news: how a message is signed, where it may go, and one attempt to hand it over.

It keeps no row and knows no event; ``estate.webhooks`` decides what is sent to whom and when again.
"""
