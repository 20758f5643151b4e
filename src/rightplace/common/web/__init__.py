"""The design system: how every page looks, speaks, prints and refuses.

Here belong layouts, components, charts, maps, words for dates and states, and the bridge from forms to pages.
What a page says about a child or a team does not: that is the presenter of the app that owns the page.
"""
