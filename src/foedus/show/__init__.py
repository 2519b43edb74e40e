"""The layer that turns a finding into what people see: tables, the JSON document, the report, charts. No statistics here."""
