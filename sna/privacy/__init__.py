"""What an audience may see: consent, bands, suppression. Every writer gets its data through here."""
