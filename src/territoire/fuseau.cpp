// What the code of a département says by itself: its time zone, and how INSEE codes begin.
#include "territoire/territoire.hpp"

#include <array>

namespace territoire {

std::string_view fuseau_du_departement(std::string_view code)
{
    struct Row {
        std::string_view code, zone;
    };
    static constexpr std::array<Row, 12> rows = {{{"971", "America/Guadeloupe"},
                                                  {"972", "America/Martinique"},
                                                  {"973", "America/Cayenne"},
                                                  {"974", "Indian/Reunion"},
                                                  {"975", "America/Miquelon"},
                                                  {"976", "Indian/Mayotte"},
                                                  {"977", "America/St_Barthelemy"},
                                                  {"978", "America/Marigot"},
                                                  {"984", "Indian/Kerguelen"},
                                                  {"986", "Pacific/Wallis"},
                                                  {"987", "Pacific/Tahiti"},
                                                  {"988", "Pacific/Noumea"}}};
    for (const auto& row : rows)
        if (row.code == code) return row.zone;
    return "Europe/Paris";
}

std::string departement_du_code(std::string_view insee)
{
    return std::string{insee.substr(0, insee.starts_with("97") || insee.starts_with("98") ? 3 : 2)};
}

} // namespace territoire
