"""The addresses of searching, of saved searches, of the directory, and of what search engines read."""

from django.urls import path

from search.views import directory, engines, everything, people, saved, things, writing

urlpatterns = [
    path("search/", everything.search, name="search"),
    path("search/complete/", everything.complete, name="complete_search"),
    path("search/words/", writing.complete_words, name="complete_words"),
    path("search/people/", people.search_people, name="search_people"),
    path("search/posts/", things.search_posts, name="search_posts"),
    path("search/organizations/", things.search_organizations, name="search_organizations"),
    path("search/groups/", things.search_groups, name="search_groups"),
    path("search/events/", things.search_events, name="search_events"),
    path("search/saved/", saved.saved_searches, name="saved_searches"),
    path("search/saved/<int:pk>/", saved.saved_search, name="saved_search"),
    path("search/saved/<int:pk>/remove/", saved.remove_saved_search, name="remove_saved_search"),
    path("directory/", directory.directory, name="directory"),
    path("directory/organizations/", directory.organizations_directory, name="organizations_directory"),
    path("robots.txt", engines.robots, name="robots"),
    path("sitemap.xml", engines.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", engines.sitemap_section, name="sitemap_section"),
]
