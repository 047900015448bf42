"""Draws one report, a value of core, as PDF, DOCX, XLSX, CSV and JSON, and its charts as SVG."""
