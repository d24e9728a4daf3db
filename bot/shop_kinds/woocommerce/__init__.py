"""Takes orders of WooCommerce: webhooks, the REST API, and coupons."""
