"""kpigen: a customer-service department's assessment, kept in a git repository and computed to the cent."""
