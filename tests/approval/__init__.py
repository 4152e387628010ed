"""The last hour of an issue: articles left out, findings let pass, approvals and what undoes them."""
