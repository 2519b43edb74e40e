"""What people see of a finding: tables, the JSON document, the report, charts. No statistics here."""
