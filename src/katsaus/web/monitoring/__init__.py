"""How far the strategy is: its pages, those of goals and indicators, of programmes and projects."""
