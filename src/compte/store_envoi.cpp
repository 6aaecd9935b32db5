// Forms already accepted and the answers they got (see envoi_unique.hpp).
#include "compte/store.hpp"

namespace compte::store {

bool reserver_envoi(db::Transaction& tx, std::string_view empreinte, Instant le)
{
    return tx.exec("INSERT INTO envoi_unique (empreinte, reponse, recu_le) VALUES ($1, '', $2) "
                   "ON CONFLICT (empreinte) DO NOTHING",
                   empreinte, le) == 1;
}

void noter_envoi(db::Transaction& tx, std::string_view empreinte, std::string_view reponse)
{
    tx.exec("UPDATE envoi_unique SET reponse = $1 WHERE empreinte = $2", reponse, empreinte);
}

void liberer_envoi(db::Transaction& tx, std::string_view empreinte)
{
    tx.exec("DELETE FROM envoi_unique WHERE empreinte = $1", empreinte);
}

std::optional<std::string> reponse_envoi(db::Transaction& tx, std::string_view empreinte)
{
    return tx.find<std::string>("SELECT reponse FROM envoi_unique WHERE empreinte = $1", empreinte);
}

} // namespace compte::store
