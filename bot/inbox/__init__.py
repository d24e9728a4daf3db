"""From the platform to the handlers, with nothing lost: the poller stores updates, the worker handles them."""
